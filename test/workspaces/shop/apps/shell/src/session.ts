export function currentUser(): string {
  return "Ada";
}
