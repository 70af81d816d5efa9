export function Badge({ count }: { count: number }) {
  return <span className="shop-badge">{count}</span>;
}
