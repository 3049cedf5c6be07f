export function Palette({ close }: { close: () => void }) {
  return close ? null : null;
}
