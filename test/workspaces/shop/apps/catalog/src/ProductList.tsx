import { Button, Price } from "@shop/ui";
import { sortBy } from "lodash-es";
import { lazy, Suspense } from "react";

const Basket = lazy(() => import("checkout/Basket"));

export default function ProductList({ names }: { names: readonly string[] }) {
  return (
    <Suspense fallback="…">
      <ul>
        {sortBy(names).map((name) => (
          <li key={name}>
            {name} <Price cents={199} /> <Button onClick={() => void import("shell/session")}>Buy</Button>
          </li>
        ))}
      </ul>
      <Basket />
    </Suspense>
  );
}
