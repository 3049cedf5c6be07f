export function NewWorkspacePage() {
  return null;
}
