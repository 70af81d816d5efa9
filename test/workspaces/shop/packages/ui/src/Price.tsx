import { useMemo } from "react";

export function formatPrice(cents: number): string {
  return new Intl.NumberFormat("en", { style: "currency", currency: "EUR" }).format(cents / 100);
}

export function Price({ cents }: { cents: number }) {
  const text = useMemo(() => formatPrice(cents), [cents]);
  return <strong>{text}</strong>;
}
