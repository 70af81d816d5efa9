import { formatPrice } from "@shop/ui";
import { formatISO } from "date-fns";

import("widgets/Clock").then(({ clock }) => {
  document.body.textContent = `${clock()} ${formatISO(0)} ${formatPrice(0)}`;
});
