/**
 * The file system as webpack reads it, every access taking equally long. Which of several requests for one file is
 * resolved first gives the file's share key, and on a busy machine that varies from build to build; here one answer comes
 * after the other, in the order of the questions.
 */
import fs from "node:fs";

type Done = (error: Error | null, result?: unknown) => void;
type Access = (...parameters: unknown[]) => unknown;

const SYNCHRONOUS = {
  stat: fs.statSync,
  lstat: fs.lstatSync,
  readFile: fs.readFileSync,
  readdir: fs.readdirSync,
  readlink: fs.readlinkSync,
  realpath: fs.realpathSync,
} as unknown as Readonly<Record<string, Access>>;

function inTurn(access: Access): Access {
  return (...parameters) => {
    const done = parameters.pop() as Done;
    setImmediate(() => {
      let result: unknown;
      try {
        result = access(...parameters);
      } catch (error) {
        done(error as Error);
        return;
      }
      done(null, result);
    });
  };
}

/** What `webpack.Compiler.inputFileSystem` reads from. */
export const evenFileSystem: object = {
  ...Object.fromEntries(Object.entries(SYNCHRONOUS).map(([name, access]) => [name, inTurn(access)])),
  ...Object.fromEntries(Object.entries(SYNCHRONOUS).map(([name, access]) => [`${name}Sync`, access])),
};
