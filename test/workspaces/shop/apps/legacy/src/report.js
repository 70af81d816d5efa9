import { loadRemote } from "@module-federation/runtime";

export const report = () => loadRemote("cataloge/ProductList");
