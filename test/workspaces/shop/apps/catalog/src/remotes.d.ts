declare module "checkout/Basket" {
  const Basket: React.ComponentType;
  export default Basket;
}
declare module "shell/session" {
  export function currentUser(): string;
}
