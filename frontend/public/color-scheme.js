// Sets light or dark before the first paint. A file of its own, as the content security policy allows no inline script.
try {
  const chosen = window.localStorage.getItem("fermata.color-scheme");
  const dark = chosen === "dark" || (chosen !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
} catch {
  document.documentElement.setAttribute("data-mantine-color-scheme", "light");
}
