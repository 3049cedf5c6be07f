// Where menus and hints are drawn: inside the main part of the page, so that they belong to a landmark, and outside of what scrolls.
export const overId = "over-tasks";

export const over = { target: `#${overId}` };
