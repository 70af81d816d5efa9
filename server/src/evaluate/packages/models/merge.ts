/** Deep merges: webpack-merge, lodash, deepmerge, defu, and the `mergeConfig` functions of build tools. */
import type { ModelSource } from "../modelSource.ts";

export const mergeModel: ModelSource = {
  name: "merge",
  text: `
function isPlain(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value) && !(value instanceof RegExp) && !(value instanceof Map) && !(value instanceof Set);
}

// webpack-merge: arrays are joined, plain objects merged, everything else is replaced.
function webpackPair(left, right) {
  if (Array.isArray(left) && Array.isArray(right)) return [...left, ...right];
  if (right instanceof RegExp || typeof right === "function") return right;
  if (isPlain(left) && isPlain(right)) {
    const merged = { ...left };
    for (const key of Object.keys(right)) merged[key] = key in merged ? webpackPair(merged[key], right[key]) : right[key];
    return merged;
  }
  if (isPlain(right)) return { ...right };
  if (Array.isArray(right)) return [...right];
  return right;
}
function listOf(configs) {
  return configs.flatMap((config) => (Array.isArray(config) ? config : [config]));
}
exports.webpackMerge = (...configs) => {
  const list = listOf(configs);
  if (list.length === 0) return {};
  return list.slice(1).reduce((merged, config) => (config === undefined ? merged : webpackPair(merged, config)), list[0]);
};
exports.webpackMergeWith = (options) => (...configs) => {
  const pair = (left, right, path) => {
    const merged = { ...left };
    for (const key of Object.keys(right)) {
      const place = path ? path + "." + key : key;
      if (!(key in merged)) { merged[key] = right[key]; continue; }
      const a = merged[key];
      const b = right[key];
      let own;
      if (Array.isArray(a) && Array.isArray(b) && options.customizeArray) own = options.customizeArray(a, b, place);
      if (isPlain(a) && isPlain(b) && options.customizeObject) own = options.customizeObject(a, b, place);
      merged[key] = own !== undefined ? own : isPlain(a) && isPlain(b) ? pair(a, b, place) : webpackPair(a, b);
    }
    return merged;
  };
  const list = listOf(configs);
  return list.slice(1).reduce((merged, config) => pair(merged, config, ""), list[0]);
};
exports.webpackCustomizeArray = (rules) => (a, b, key) => {
  if (rules[key] === "prepend") return [...b, ...a];
  if (rules[key] === "replace") return b;
  if (rules[key] === "append") return [...a, ...b];
};
exports.webpackCustomizeObject = (rules) => (a, b, key) => {
  if (rules[key] === "prepend") return webpackPair(b, a);
  if (rules[key] === "replace") return b;
  if (rules[key] === "append") return webpackPair(a, b);
};

// lodash.merge: changes its first argument; arrays are merged by index; undefined does not overwrite.
function lodashInto(target, source, customizer) {
  for (const key of Object.keys(source)) {
    const given = source[key];
    const own = customizer ? customizer(target[key], given, key, target, source) : undefined;
    if (own !== undefined) target[key] = own;
    else if (Array.isArray(given)) {
      const list = Array.isArray(target[key]) ? target[key] : [];
      target[key] = list;
      given.forEach((item, index) => {
        if (isPlain(item)) list[index] = lodashInto(isPlain(list[index]) ? list[index] : {}, item, customizer);
        else if (item !== undefined || list[index] === undefined) list[index] = item;
      });
    } else if (isPlain(given)) target[key] = lodashInto(isPlain(target[key]) ? target[key] : {}, given, customizer);
    else if (given !== undefined || !(key in target)) target[key] = given;
  }
  return target;
}
exports.lodashMerge = (target, ...sources) => {
  for (const source of sources) if (source !== undefined && source !== null) lodashInto(target, source);
  return target;
};
exports.lodashMergeWith = (target, ...rest) => {
  const customizer = rest.pop();
  for (const source of rest) if (source !== undefined && source !== null) lodashInto(target, source, customizer);
  return target;
};

function clone(value) {
  if (Array.isArray(value)) return value.map(clone);
  if (!isPlain(value)) return value;
  const copy = {};
  for (const key of Object.keys(value)) copy[key] = clone(value[key]);
  return copy;
}
exports.clone = clone;

// deepmerge: gives a new value; arrays are joined.
function deepPair(left, right, options) {
  if (Array.isArray(left) && Array.isArray(right)) return options.arrayMerge ? options.arrayMerge(left, right, options) : clone([...left, ...right]);
  if (!isPlain(left) || !isPlain(right)) return clone(right);
  const merged = clone(left);
  for (const key of Object.keys(right)) merged[key] = key in left && isPlain(right[key]) === isPlain(left[key]) && typeof right[key] === "object" ? deepPair(left[key], right[key], options) : clone(right[key]);
  return merged;
}
exports.deepmerge = (left, right, options = {}) => deepPair(left, right, options);
exports.deepmergeAll = (list, options = {}) => list.reduce((merged, item) => deepPair(merged, item, options), {});
exports.deepmergeMany = (...list) => list.reduce((merged, item) => deepPair(merged, item, {}), {});

// defu: the first value that is set wins; arrays are joined.
function defuPair(left, right) {
  const merged = { ...right };
  for (const key of Object.keys(left)) {
    const given = left[key];
    if (given === undefined || given === null) continue;
    if (Array.isArray(given) && Array.isArray(merged[key])) merged[key] = [...given, ...merged[key]];
    else if (isPlain(given) && isPlain(merged[key])) merged[key] = defuPair(given, merged[key]);
    else merged[key] = given;
  }
  return merged;
}
exports.defu = (...list) => list.reduce((merged, item) => defuPair(merged, item ?? {}), {});

// mergeConfig of Vite and mergeRsbuildConfig: arrays are joined, undefined does not overwrite.
function configPair(left, right) {
  const merged = { ...left };
  for (const key of Object.keys(right)) {
    const given = right[key];
    const before = merged[key];
    if (given === undefined || given === null) continue;
    if (before === undefined || before === null) merged[key] = given;
    else if (Array.isArray(before) || Array.isArray(given)) merged[key] = [].concat(before, given);
    else if (isPlain(before) && isPlain(given)) merged[key] = configPair(before, given);
    else merged[key] = given;
  }
  return merged;
}
exports.mergeConfig = (...configs) => configs.reduce((merged, config) => configPair(merged, config ?? {}), {});
`,
};
