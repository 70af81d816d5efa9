/** The functions of lodash that configurations use. */
import type { ModelSource } from "../modelSource.ts";

export const lodashModel: ModelSource = {
  name: "lodash",
  text: String.raw`
const words = (text) => text.replace(/([a-z0-9])([A-Z])/g, "$1 $2").split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
const pathOf = (path) => (Array.isArray(path) ? path : String(path).split(/[.[\]]+/).filter((part) => part !== ""));
const pick = (object, ...keys) => {
  const picked = {};
  for (const key of keys.flat()) if (key in object) picked[key] = object[key];
  return picked;
};
const omit = (object, ...keys) => {
  const rest = { ...object };
  for (const key of keys.flat()) delete rest[key];
  return rest;
};
const test = (matcher) => (typeof matcher === "function" ? matcher : (item) => item[matcher]);
const entriesOf = (collection) => (Array.isArray(collection) ? collection.map((item, index) => [index, item]) : Object.entries(collection ?? {}));
module.exports = {
  pick, omit,
  pickBy: (object, matcher = (value) => value) => Object.fromEntries(Object.entries(object).filter(([key, value]) => matcher(value, key))),
  omitBy: (object, matcher) => Object.fromEntries(Object.entries(object).filter(([key, value]) => !matcher(value, key))),
  mapValues: (object, mapper) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, test(mapper)(value, key)])),
  mapKeys: (object, mapper) => Object.fromEntries(Object.entries(object).map(([key, value]) => [mapper(value, key), value])),
  keyBy: (list, mapper) => Object.fromEntries(list.map((item) => [test(mapper)(item), item])),
  keys: (object) => Object.keys(object ?? {}),
  values: (object) => Object.values(object ?? {}),
  entries: (object) => Object.entries(object ?? {}),
  toPairs: (object) => Object.entries(object ?? {}),
  fromPairs: (list) => Object.fromEntries(list),
  forEach: (collection, visit) => { for (const [key, value] of entriesOf(collection)) visit(value, key, collection); return collection; },
  each: (collection, visit) => { for (const [key, value] of entriesOf(collection)) visit(value, key, collection); return collection; },
  map: (collection, mapper) => entriesOf(collection).map(([key, value]) => test(mapper)(value, key)),
  filter: (collection, matcher) => entriesOf(collection).filter(([key, value]) => test(matcher)(value, key)).map(([, value]) => value),
  reduce: (collection, reducer, initial) => entriesOf(collection).reduce((result, [key, value]) => reducer(result, value, key), initial),
  get: (object, path, fallback) => {
    let value = object;
    for (const part of pathOf(path)) value = value === undefined || value === null ? undefined : value[part];
    return value === undefined ? fallback : value;
  },
  set: (object, path, value) => {
    const parts = pathOf(path);
    let target = object;
    for (const part of parts.slice(0, -1)) { if (target[part] === undefined) target[part] = {}; target = target[part]; }
    target[parts[parts.length - 1]] = value;
    return object;
  },
  has: (object, key) => object != null && Object.hasOwn(object, key),
  isEmpty: (value) => value == null || (Array.isArray(value) || typeof value === "string" ? value.length === 0 : typeof value === "object" ? Object.keys(value).length === 0 : true),
  isString: (value) => typeof value === "string",
  isFunction: (value) => typeof value === "function",
  isArray: (value) => Array.isArray(value),
  isObject: (value) => value !== null && (typeof value === "object" || typeof value === "function"),
  isNil: (value) => value === undefined || value === null,
  isUndefined: (value) => value === undefined,
  defaults: (target, ...sources) => { for (const source of sources) for (const key of Object.keys(source ?? {})) if (target[key] === undefined) target[key] = source[key]; return target; },
  assign: (target, ...sources) => Object.assign(target, ...sources),
  extend: (target, ...sources) => Object.assign(target, ...sources),
  uniq: (list) => [...new Set(list)],
  union: (...lists) => [...new Set(lists.flat())],
  difference: (list, ...others) => list.filter((item) => !others.flat().includes(item)),
  without: (list, ...others) => list.filter((item) => !others.includes(item)),
  intersection: (list, ...others) => list.filter((item) => others.every((other) => other.includes(item))),
  compact: (list) => list.filter(Boolean),
  flatten: (list) => list.flat(),
  flatMap: (list, mapper) => list.flatMap(mapper),
  concat: (list, ...others) => list.concat(...others),
  head: (list) => list[0],
  first: (list) => list[0],
  last: (list) => list[list.length - 1],
  upperFirst: (text) => text.charAt(0).toUpperCase() + text.slice(1),
  capitalize: (text) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase(),
  camelCase: (text) => words(text).map((word, index) => (index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())).join(""),
  kebabCase: (text) => words(text).map((word) => word.toLowerCase()).join("-"),
  snakeCase: (text) => words(text).map((word) => word.toLowerCase()).join("_"),
  trim: (text) => text.trim(),
  identity: (value) => value,
  noop: () => undefined,
};
`,
};
