import { formatPrice } from "@shop/ui";
import { useState } from "react";

export default function Basket() {
  const [cents] = useState(398);
  return <p>Your basket: {formatPrice(cents)}</p>;
}
