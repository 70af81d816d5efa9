/** Opens a workspace from the command line's options. */
import { openWorkspace, type Workspace } from "../ide/workspace.ts";
import type { FilePath } from "../vfs/path.ts";
import { asked, type CommonOptions } from "./asked.ts";

export interface Opened {
  readonly workspace: Workspace;
  readonly root: FilePath;
}

export function open(directory: string | undefined, options: CommonOptions): Opened {
  const { host, root, settings } = asked(directory, options);
  return { root, workspace: openWorkspace(host, [root], settings) };
}
