/** Workspaces written by hand: TypeScript and JSX. */
import { config, type Feature, feature, SHARED } from "./feature.ts";

export const TYPESCRIPT: readonly Feature[] = [
  feature("types only", config(SHARED, 'entry: "./src/index.ts", resolve: { extensions: [".ts", ".js"] },'), {
    "src/index.ts": `import type { Get } from "kit";
import { type Set, useState } from "react";
import { get } from "kit/get.js";
import React from "react";
export type { Other } from "kit";
export const x: Get = useState();
`,
  }),
  feature(
    "an enum and an unused import",
    config(SHARED, 'entry: "./src/index.ts", resolve: { extensions: [".ts", ".js"] },'),
    {
      "src/index.ts": `import { useState } from "react";
import * as kit from "kit";
import { helper } from "./helper";
enum Level { Low = useState(), High }
export const level = Level.Low;
console.log(helper);
`,
      "src/helper.ts": `import { get } from "kit";
export namespace Tools { export const one = get(); }
export const helper: number = 1;
export abstract class Base { private x = get(); }
`,
    },
  ),
  feature("JSX and fragments", config(SHARED, 'entry: "./src/index.jsx", resolve: { extensions: [".jsx", ".js"] },'), {
    "src/index.jsx": `import { App } from "./App";\nexport default <App />;\n`,
    "src/App.jsx": `import { get } from "kit";\nexport const App = () => <><p>{get()}</p></>;\nexport const Unused = () => null;\n`,
  }),
  feature(
    "TSX with satisfies and decorators' shapes",
    config(SHARED, 'entry: "./src/index.tsx", resolve: { extensions: [".tsx", ".ts", ".js"] },'),
    {
      "src/index.tsx": `import { get } from "kit" ;
import { useState as state } from "react";
const table = { get } satisfies Record<string, unknown>;
export const Page = <T,>(props: { item: T }) => <div>{String(props.item as unknown)}{table.get!()}</div>;
`,
    },
  ),
];
