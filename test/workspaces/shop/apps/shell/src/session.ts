import upperFirst from "lodash-es/upperFirst.js";

export function currentUser(): string {
  return upperFirst("ada");
}
