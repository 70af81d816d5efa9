/** The federation as people draw it: containers, and arrows to their remotes. For Mermaid, Graphviz and pages. */
import type { Container, ContainerId } from "../graph/container.ts";
import { containers, containersElsewhere } from "../graph/index.ts";
import type { Db } from "../vfs/vfs.ts";

export interface DrawnContainer {
  readonly id: ContainerId;
  /** `shell (webpack)`. */
  readonly label: string;
  readonly exposes: readonly string[];
  /** Share keys that are asked for or given. */
  readonly shared: readonly string[];
  /** Neither of this workspace nor told of by a snapshot: the alias of a remote is all that is known. */
  readonly isUnknown: boolean;
}

export interface DrawnRemote {
  readonly from: ContainerId;
  readonly to: ContainerId;
  readonly alias: string;
  readonly isUnknown: boolean;
}

export interface Drawing {
  readonly containers: readonly DrawnContainer[];
  readonly remotes: readonly DrawnRemote[];
}

/** What is not known stands once for each alias. */
export function graphDrawing(db: Db): Drawing {
  const all = [...containers(db), ...containersElsewhere(db)];
  const remotes = all.flatMap((container) =>
    container.remotes.map(({ alias, container: own, elsewhere }): DrawnRemote => {
      const to = own ?? elsewhere;
      return { from: container.id, to: to ?? `outside ${alias}`, alias, isUnknown: to === undefined };
    }),
  );
  const unknown = new Map(remotes.filter(({ isUnknown }) => isUnknown).map(({ to, alias }) => [to, alias]));
  return {
    containers: [
      ...all.map((container) => ({
        id: container.id,
        label: labelOf(container),
        exposes: container.exposes.map(({ key }) => key),
        shared: [...new Set(container.consumes.map(({ shareKey }) => shareKey))],
        isUnknown: false,
      })),
      ...[...unknown].map(([id, label]) => ({ id, label, exposes: [], shared: [], isUnknown: true })),
    ],
    remotes,
  };
}

function labelOf({ name, project, config, elsewhere }: Container): string {
  return `${name ?? project} (${elsewhere ? "another repository" : config.bundler})`;
}

export function graphMermaid(db: Db): string {
  const { containers: drawn, remotes } = graphDrawing(db);
  const ids = new Map(drawn.map(({ id }, index) => [id, `c${index}`]));
  const lines = ["flowchart LR"];
  for (const { id, label, isUnknown } of drawn)
    lines.push(`  ${ids.get(id)}${isUnknown ? `(["${label}"])` : `["${label}"]`}`);
  for (const { from, to, alias, isUnknown } of remotes)
    lines.push(`  ${ids.get(from)} ${isUnknown ? "-.->" : `-->|${alias}|`} ${ids.get(to)}`);
  return `${lines.join("\n")}\n`;
}

export function graphDot(db: Db): string {
  const { containers: drawn, remotes } = graphDrawing(db);
  const lines = ["digraph federation {", "  rankdir=LR;"];
  for (const { id, label, isUnknown } of drawn)
    lines.push(`  ${JSON.stringify(id)} [shape=${isUnknown ? "ellipse" : "box"}, label=${JSON.stringify(label)}];`);
  for (const { from, to, alias, isUnknown } of remotes) {
    const style = isUnknown ? ", style=dashed" : "";
    lines.push(`  ${JSON.stringify(from)} -> ${JSON.stringify(to)} [label=${JSON.stringify(alias)}${style}];`);
  }
  return `${lines.join("\n")}\n}\n`;
}
