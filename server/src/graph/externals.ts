/** `externals` of a bundler's configuration, and what comes with its target: which requests leave the bundle. */

import { statelessRegExp, writtenRegExp } from "../base/regExp.ts";
import { knownValue } from "../evaluate/evaluated.ts";
import type { FederationConfig } from "../model/federationConfig.ts";

/** What Node has without being installed. */
const NODE_MODULES: ReadonlySet<string> = new Set(
  `assert assert/strict async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns
   dns/promises domain events fs fs/promises http http2 https inspector inspector/promises module net os path path/posix
   path/win32 perf_hooks process punycode querystring readline readline/promises repl stream stream/consumers
   stream/promises stream/web string_decoder sys timers timers/promises tls trace_events tty url util util/types v8 vm
   wasi worker_threads zlib`.split(/\s+/),
);

const NODE_TARGET = /^(?:async-)?node|^electron|^(?:nwjs|node-webkit)/;

/** Texts, regular expressions, lists and objects are understood; functions and what is not known match nothing. */
export function externalTest(config: FederationConfig): (request: string) => boolean {
  const names = new Set<string>();
  const patterns: RegExp[] = [];
  collect(knownValue(config.build.options.get("externals")), names, patterns);
  const target = knownValue(config.build.options.get("target"));
  const isNode = [target].flat().some((item) => typeof item === "string" && NODE_TARGET.test(item));
  if (names.size === 0 && patterns.length === 0 && !isNode) return () => false;
  return (request) =>
    names.has(request) ||
    patterns.some((pattern) => pattern.test(request)) ||
    (isNode && (request.startsWith("node:") || NODE_MODULES.has(request)));
}

function collect(value: unknown, names: Set<string>, patterns: RegExp[]): void {
  if (typeof value === "string") {
    const pattern = regularExpression(value);
    if (pattern === undefined) names.add(value);
    else patterns.push(pattern);
  } else if (Array.isArray(value)) for (const item of value) collect(item, names, patterns);
  else if (typeof value === "object" && value !== null) {
    for (const [name, target] of Object.entries(value)) if (target !== false) names.add(name);
  }
}

/** A regular expression is evaluated to its source text. */
function regularExpression(text: string): RegExp | undefined {
  const written = writtenRegExp(text);
  return written === undefined ? undefined : statelessRegExp(written.pattern, written.flags);
}
