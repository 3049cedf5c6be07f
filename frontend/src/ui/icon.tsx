// The few signs of the site, drawn as paths; the button around one carries the name.
const paths = {
  run: "M5 3.2v9.6L13 8z",
  pause: "M4.5 3.5h2.4v9H4.5zM9.1 3.5h2.4v9H9.1z",
  cancel: "M4.2 3.1 8 6.9l3.8-3.8 1.1 1.1L9.1 8l3.8 3.8-1.1 1.1L8 9.1l-3.8 3.8-1.1-1.1L6.9 8 3.1 4.2z",
  more: "M3.5 6.7a1.3 1.3 0 1 1 0 2.6 1.3 1.3 0 0 1 0-2.6Zm4.5 0a1.3 1.3 0 1 1 0 2.6 1.3 1.3 0 0 1 0-2.6Zm4.5 0a1.3 1.3 0 1 1 0 2.6 1.3 1.3 0 0 1 0-2.6Z",
  open: "M9 2h5v5l-1.9-1.9-4.5 4.5-1.2-1.2 4.5-4.5zM3.5 4H7v1.5H4.2v6.3h6.3V9H12v3.5a1 1 0 0 1-1 1H3.5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1z",
  copy: "M5.5 2h7a1 1 0 0 1 1 1v8h-1.5V3.5h-6.5zM3.5 4.5h6a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-6a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1zM4 6v6h5V6z",
  link: "M6.9 9.1 9.1 6.9l-.9-.9-2.2 2.2zM9.6 2.6a2.7 2.7 0 0 1 3.8 3.8l-2 2-1.1-1.1 2-2a1.2 1.2 0 0 0-1.6-1.6l-2 2-1.1-1.1zM6.4 13.4a2.7 2.7 0 0 1-3.8-3.8l2-2 1.1 1.1-2 2a1.2 1.2 0 0 0 1.6 1.6l2-2 1.1 1.1z",
  trash: "M6 2h4l.7 1.2H13v1.4H3V3.2h2.3zM4 6h8l-.6 7.1a1 1 0 0 1-1 .9H5.6a1 1 0 0 1-1-.9z",
  clock:
    "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zm0 1.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zm-.7 1.8h1.4v2.5l1.9 1.9-1 1-2.3-2.3z",
  search: "M7 2.5a4.5 4.5 0 0 1 3.6 7.2l2.9 2.9-1 1-2.9-2.9A4.5 4.5 0 1 1 7 2.5zM7 4a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  up: "M8 4.5 12 9l-1 1-3-3.3L5 10 4 9z",
  down: "M8 11.5 4 7l1-1 3 3.3L11 6l1 1z",
  edit: "M10.8 2.6a1.3 1.3 0 0 1 1.8 0l.8.8a1.3 1.3 0 0 1 0 1.8l-7.6 7.6-3.2.6.6-3.2z",
  plus: "M7.25 3h1.5v4.25H13v1.5H8.75V13h-1.5V8.75H3v-1.5h4.25z",
  star: "m8 2 1.8 3.8 4.2.5-3.1 2.9.8 4.1L8 11.3l-3.7 2 .8-4.1L2 6.3l4.2-.5z",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 14 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
