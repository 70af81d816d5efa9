import { Badge } from "@shop/ui";
import { lazy, Suspense, useState } from "react";
import { createPortal } from "react-dom";
import { search } from "./search";
import { currentUser } from "./session";

const ProductList = lazy(() => import("catalog/ProductList"));
const Profile = lazy(() => import("account/Profile"));

export function App() {
  const [found, setFound] = useState<readonly string[]>([]);
  return (
    <main>
      <h1>Hello {currentUser()}, it's good to see you</h1>
      <input onChange={(event) => search(event.target.value, setFound)} />
      {createPortal(<Badge count={found.length} />, document.body)}
      <Suspense fallback="Loading…">
        <ProductList names={found} />
        <Profile />
      </Suspense>
    </main>
  );
}
