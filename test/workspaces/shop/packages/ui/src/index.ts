export { Badge } from "./Badge";
export { Button } from "./Button";
export { Price, formatPrice } from "./Price";
export { theme } from "./theme";
