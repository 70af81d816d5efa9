import { today } from "./Today";

Promise.all([import("shop/ProductList"), import("shop-session/session"), import("clock/Clock")]).then(() => {
  document.title = today();
});
