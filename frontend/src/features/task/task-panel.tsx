export function TaskPanel() {
  return null;
}
