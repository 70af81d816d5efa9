/**
 * Modules of the evaluated program: loaded on demand from the workspace, ECMAScript and CommonJS alike and mixed. JSON is
 * data. Imports are evaluated when a name of theirs is first used, so a configuration that imports half of the workspace
 * costs no more than what it needs of it.
 */

import { lockedVersion } from "../project/lockfile.ts";
import { query } from "../query/database.ts";
import { parseFile, ts } from "../syntax/parse.ts";
import { type FilePath, parentPath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import { type Db, fileText, type World } from "../vfs/vfs.ts";
import { globalScope } from "./builtins/globals.ts";
import { isUnset, textOf } from "./coerce.ts";
import { evaluate, rangeOf, readBinding } from "./expression.ts";
import { fileUrlOf } from "./fileUrl.ts";
import { settle } from "./handOut.ts";
import { hoist, hoistVars } from "./hoist.ts";
import { getMember, packageMember } from "./members.ts";
import { linkImports, recordExport } from "./moduleLinks.ts";
import { type Realm, ThrowSignal } from "./realm.ts";
import { installedDirectory, resolveRequest, splitPackage } from "./resolveRequest.ts";
import { Scope } from "./scope.ts";
import { runStatement, runStatements } from "./statement.ts";
import { isUndefined, type ObjectValue, primitive, unknown, type Value } from "./value.ts";

export interface ModuleRecord {
  readonly file: FilePath;
  readonly tree: ts.SourceFile;
  readonly scope: Scope;
  readonly isEsm: boolean;
  /** CommonJS: the object that holds `exports`. */
  readonly moduleObject: ObjectValue;
  /** ECMAScript: exported name → how to get it. */
  readonly exports: Map<string, () => Value>;
  /** Modules whose exports are all handed on. */
  readonly stars: Value[];
  namespace: ObjectValue | undefined;
  /** Where the values that it makes are said to come from, when that is not its own text. */
  readonly place?: SourceRange | undefined;
}

/** The text's syntax tree; kept as long as the text stays the same. */
const parsedFile = query<World, ts.SourceFile | undefined>(
  "parsedFile",
  (db, file) => {
    const text = fileText(db, file);
    return text === undefined ? undefined : parseFile(file, text);
  },
  { equals: Object.is },
);

export function syntaxTree(db: Db, file: FilePath): ts.SourceFile | undefined {
  return db.get(parsedFile, file);
}

/** What `require(file)` gives. */
export function requireFile(realm: Realm, file: FilePath, source: SourceRange): Value {
  if (file.endsWith(".json")) return loadJson(realm, file, source);
  const record = realm.aside ? realm.modules.get(file) : loadModule(realm, file);
  if (record === undefined) return unknown(`${file.slice(file.lastIndexOf("/") + 1)} cannot be read`, source);
  // A file that imports and exports types alone may give its values by `module.exports`.
  const hasExports = record.exports.size > 0 || record.stars.length > 0;
  return record.isEsm && hasExports
    ? namespaceOf(realm, record)
    : getMember(realm, record.moduleObject, "exports", source);
}

function loadJson(realm: Realm, file: FilePath, source: SourceRange): Value {
  const known = realm.cache.get(`json:${file}`);
  if (known !== undefined) return known;
  realm.files.add(file);
  const tree = syntaxTree(realm.db, file);
  const [statement] = tree?.statements ?? [];
  let value: Value = unknown("a JSON file that cannot be read", source);
  if (tree !== undefined && statement !== undefined && ts.isExpressionStatement(statement)) {
    const record = emptyRecord(realm, file, tree, false, undefined);
    value = evaluate(realm, record.scope, statement.expression);
  }
  realm.cache.set(`json:${file}`, value);
  return value;
}

function emptyRecord(
  realm: Realm,
  file: FilePath,
  tree: ts.SourceFile,
  isEsm: boolean,
  place: SourceRange | undefined,
): ModuleRecord {
  const source = place ?? { file, range: { start: 0, end: 0 } };
  const moduleObject = realm.plain(source);
  const record = { file, tree, isEsm, moduleObject, exports: new Map(), stars: [], namespace: undefined, place };
  const scope = new Scope(undefined, record as Partial<ModuleRecord> as ModuleRecord, realm.stamp, true);
  return Object.assign(record, { scope });
}

/** Loads a module and runs it, once in a realm. */
export function loadModule(realm: Realm, file: FilePath): ModuleRecord | undefined {
  const known = realm.modules.get(file);
  if (known !== undefined) return known;
  const tree = syntaxTree(realm.db, file);
  if (tree === undefined) return undefined;
  realm.files.add(file);
  return runModule(realm, file, tree, {});
}

function isExportAssignment(statement: ts.Statement): boolean {
  return ts.isExportAssignment(statement) && statement.isExportEquals === true;
}

export interface RunOptions {
  /** Where everything that the module makes is said to come from; for models of packages. */
  readonly place?: SourceRange;
  /** Further names in its scope. */
  readonly names?: Readonly<Record<string, Value>>;
}

/** Runs a module's text. */
export function runModule(realm: Realm, file: FilePath, tree: ts.SourceFile, options: RunOptions): ModuleRecord {
  const isEsm = ts.isExternalModule(tree) && !tree.statements.some(isExportAssignment);
  const record = emptyRecord(realm, file, tree, isEsm, options.place);
  if (options.place === undefined) realm.modules.set(file, record);
  const { scope, moduleObject } = record;
  const source = options.place ?? { file, range: { start: 0, end: 0 } };
  const exports = realm.plain(source);
  const constant = (name: string, value: Value): void => {
    moduleObject.properties.set(name, { value, keySource: source });
  };
  constant("exports", exports);
  constant("id", primitive(file, source));
  constant("filename", primitive(file, source));
  const names: Record<string, Value> = {
    module: moduleObject,
    exports,
    __filename: primitive(file, source),
    __dirname: primitive(parentPath(file), source),
    require: makeRequire(realm, file, source),
    ...options.names,
  };
  for (const [name, value] of Object.entries(names)) scope.bindings.set(name, { value, constant: false });
  scope.thisValue = record.isEsm ? primitive(undefined, source) : exports;
  globalScope(realm, scope);
  hoistVars(scope, tree);
  linkImports(realm, record);
  hoist(realm, scope, tree.statements);
  for (const statement of tree.statements) recordExport(realm, record, statement);
  runTopLevel(realm, record);
  return record;
}

/** A statement that fails does not keep the others from being read: a broken file is still evaluated in its other parts. */
function runTopLevel(realm: Realm, record: ModuleRecord): void {
  const { scope, tree } = record;
  for (const statement of tree.statements) {
    try {
      if (ts.isExportAssignment(statement)) realm.persistently(() => exportAssignment(realm, record, statement));
      else if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) {
        const completion = realm.persistently(() => runStatement(realm, scope, statement));
        if (completion !== undefined) {
          runRest(realm, record, statement);
          return;
        }
      }
    } catch (error) {
      if (!(error instanceof ThrowSignal)) throw error;
      const reason = `this statement fails: ${error.message}`;
      realm.problem(reason, rangeOf(scope, statement));
      markUninitialized(scope, statement, reason, record);
    }
  }
}

/** CommonJS modules may end early with a `return`. */
function runRest(realm: Realm, record: ModuleRecord, after: ts.Statement): void {
  const rest = record.tree.statements.slice(record.tree.statements.indexOf(after) + 1);
  const doubt = unknown("the module may have ended before", rangeOf(record.scope, after));
  realm.doubtfully(doubt, () => runStatements(realm, record.scope, rest));
}

/** Names that a failed statement should have given a value are unknown afterwards. */
function markUninitialized(scope: Scope, statement: ts.Statement, reason: string, record: ModuleRecord): void {
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const binding = scope.bindings.get(node.text);
      if (binding?.uninitialized)
        scope.bindings.set(node.text, {
          value: unknown(reason, { file: record.file, range: { start: node.pos, end: node.end } }),
          constant: false,
        });
    } else ts.forEachChild(node, visit);
  };
  if (ts.isVariableStatement(statement))
    for (const declaration of statement.declarationList.declarations) visit(declaration.name);
  else if (ts.isClassDeclaration(statement) && statement.name !== undefined) visit(statement.name);
}

function exportAssignment(realm: Realm, record: ModuleRecord, node: ts.ExportAssignment): void {
  const value = realm.waiting(() => evaluate(realm, record.scope, node.expression));
  if (node.isExportEquals)
    record.moduleObject.properties.set("exports", { value, keySource: rangeOf(record.scope, node) });
  else record.scope.bindings.set("*default*", { value, constant: true });
}

/** The object of all exports, whose members are read when they are asked for. */
export function namespaceOf(realm: Realm, record: ModuleRecord): ObjectValue {
  if (record.namespace !== undefined) return record.namespace;
  const source = { file: record.file, range: { start: 0, end: 0 } };
  const namespace = realm.plain(source);
  record.namespace = namespace;
  for (const [name, load] of record.exports) {
    namespace.properties.set(name, {
      value: primitive(undefined, source),
      keySource: source,
      getter: realm.native(name, source, load),
    });
  }
  for (const star of record.stars) {
    if (star.kind === "unknown") namespace.open = star;
    if (star.kind !== "object") continue;
    namespace.open ??= star.open;
    for (const [name, property] of star.properties) {
      if (name !== "default" && !namespace.properties.has(name)) namespace.properties.set(name, property);
    }
  }
  namespace.properties.set("__esModule", { value: primitive(true, source), keySource: source, hidden: true });
  return namespace;
}

/** What `import … from` gives for a name; `*` for the namespace. */
export function importMember(
  realm: Realm,
  from: ModuleRecord,
  specifier: string,
  name: string,
  source: SourceRange,
): Value {
  const resolved = resolve(realm, from.file, specifier);
  if (resolved.kind === "missing") return unknown(`${specifier} is not found`, source);
  if (resolved.kind === "package") {
    const manifest = lockedManifest(realm, from.file, resolved.module, source);
    if (manifest !== undefined)
      return name === "*" || name === "default" ? manifest : getMember(realm, manifest, name, source);
    return packageMember(realm, resolved.module, name === "*" || name === "default" ? [] : [name], source);
  }
  const exported = requireFile(realm, resolved.file, source);
  const isEsm = realm.modules.get(resolved.file)?.isEsm === true;
  if (name === "*") return exported;
  if (isEsm || name !== "default") return getMember(realm, exported, name, source);
  const marked = exported.kind === "object" && exported.properties.has("__esModule");
  return marked ? getMember(realm, exported, "default", source) : exported;
}

export function resolve(realm: Realm, from: FilePath, specifier: string): ReturnType<typeof resolveRequest> {
  return resolveRequest(realm.db, realm.world.workspaceRoot, from, specifier, (module) =>
    realm.packages.some((model) => model.covers(module)),
  );
}

/** `require`, with `require.resolve`. */
export function makeRequire(realm: Realm, from: FilePath, source: SourceRange): ObjectValue {
  const require = realm.native("require", source, (call) => {
    const specifier = call.args[0] === undefined ? undefined : textOf(call.args[0]);
    if (specifier === undefined) return unknown("require() of a module that is not known", call.source);
    return requireSpecifier(realm, from, specifier, call.source);
  });
  const resolveFunction = realm.native("resolve", source, (call) =>
    requireResolve(realm, from, call.args[0], call.source),
  );
  require.properties.set("resolve", { value: resolveFunction, keySource: source, hidden: true });
  return require;
}

/** The manifest of a package that is not installed: of its data only what a lockfile fixes is known. */
function lockedManifest(realm: Realm, from: FilePath, request: string, source: SourceRange): Value | undefined {
  const { name, subpath } = splitPackage(request);
  if (subpath !== "./package.json") return undefined;
  const version = lockedVersion(realm.db, parentPath(from), name)?.version;
  const manifest = realm.plain(source);
  manifest.properties.set("name", { value: primitive(name, source), keySource: source });
  manifest.open = unknown(`${name} is not installed`, source);
  if (version !== undefined)
    manifest.properties.set("version", { value: primitive(version, source), keySource: source });
  if (version === undefined && realm.tryDepth > 0) realm.mayThrow ??= manifest.open;
  return manifest;
}

function requireSpecifier(realm: Realm, from: FilePath, specifier: string, source: SourceRange): Value {
  const resolved = resolve(realm, from, specifier);
  if (resolved.kind === "file") return requireFile(realm, resolved.file, source);
  if (resolved.kind === "package") {
    return lockedManifest(realm, from, resolved.module, source) ?? packageMember(realm, resolved.module, [], source);
  }
  return realm.throwError("Error", `Cannot find module '${specifier}'`, source);
}

function requireResolve(realm: Realm, from: FilePath, specifier: Value | undefined, source: SourceRange): Value {
  const text = specifier === undefined ? undefined : textOf(specifier);
  if (text === undefined) return unknown("a module that is not known", source);
  const resolved = resolve(realm, from, text);
  if (resolved.kind === "file") return primitive(resolved.file, source);
  if (resolved.kind === "missing") return realm.throwError("Error", `Cannot find module '${text}'`, source);
  const directory = installedDirectory(realm.db, from, splitPackage(text).name);
  const doubt = unknown(
    directory === undefined ? `${text} is not installed` : `the file of ${text} is not looked for`,
    source,
    { text: true },
  );
  if (realm.tryDepth > 0) realm.mayThrow ??= doubt;
  return doubt;
}

export function dynamicImport(realm: Realm, from: ModuleRecord, specifier: Value, source: SourceRange): Value {
  const text = textOf(specifier);
  const value =
    text === undefined || isUnset(specifier)
      ? unknown("import() of a module that is not known", source)
      : importNamespace(realm, from, text, source);
  return realm.object({ type: "promise", value, rejected: false }, source);
}

/** `import(x)` of a CommonJS module has its exports as `default` too. */
function importNamespace(realm: Realm, from: ModuleRecord, specifier: string, source: SourceRange): Value {
  const value = importMember(realm, from, specifier, "*", source);
  if (value.kind !== "object" || value.properties.has("default") || value.properties.has("__esModule")) return value;
  const namespace = realm.plain(source);
  for (const [name, property] of value.properties) namespace.properties.set(name, property);
  namespace.properties.set("default", { value, keySource: source });
  return namespace;
}

export function importMeta(realm: Realm, record: ModuleRecord, source: SourceRange): Value {
  const meta = realm.plain(source);
  const set = (name: string, value: Value): void => {
    meta.properties.set(name, { value, keySource: source });
  };
  set("url", primitive(fileUrlOf(record.file), source));
  set("dirname", primitive(parentPath(record.file), source));
  set("filename", primitive(record.file, source));
  set("env", readBinding(realm, record.scope.find("*env*")!.binding, "import.meta.env", source));
  set(
    "resolve",
    realm.native("resolve", source, (call) => {
      const resolved = requireResolve(realm, record.file, call.args[0], call.source);
      return resolved.kind === "primitive" ? primitive(fileUrlOf(String(resolved.data)), call.source) : resolved;
    }),
  );
  return meta;
}

/** The value that a build tool takes as a file's configuration: the default export, else the CommonJS exports. */
export function configExport(realm: Realm, record: ModuleRecord): Value {
  settle(realm);
  realm.isWaiting = true;
  const source = { file: record.file, range: { start: 0, end: 0 } };
  if (!record.isEsm) return getMember(realm, record.moduleObject, "exports", source);
  const namespace = namespaceOf(realm, record);
  const value = namespace.properties.has("default") ? getMember(realm, namespace, "default", source) : namespace;
  // A file may mix `export`s of types with `module.exports`.
  if (value !== namespace && !isUndefined(value)) return value;
  const exported = getMember(realm, record.moduleObject, "exports", source);
  return exported.kind === "object" && exported.properties.size === 0 && !("call" in exported.slots) ? value : exported;
}
