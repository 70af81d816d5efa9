import { debounce, map } from 'lodash-es'

const products = ["apple", "pear", "plum"];

export const search = debounce((text: string, done: (names: readonly string[]) => void) => {
  done(products.filter((name) => name.includes(text)));
}, 200);
