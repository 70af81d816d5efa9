/**
 * Bundles TypeScript's parser without its checker and language service: a sixth of the file, which every start would
 * otherwise load and keep. Of the declarations in `typescript.js` those stay that the named ones lead to. They become
 * members of a plain object, which are faster to reach than those of the package: a walk over a tree reaches for many.
 */
import fs from "node:fs";
import path from "node:path";
import ts from "typescript";

/** Nodes get their methods (`getStart`) by this call, to which no declaration leads. */
const EFFECTS = /^setObjectAllocator\(/;

/** Undefined in browsers too: nothing that is asked of the parser needs files. */
const LEFT_OUT = new Set(["sys"]);

/** Every syntax error of the compiler has its message here; only those stay that something refers to. */
const MESSAGES = "Diagnostics";

/** @param sources the folder whose files read members of `ts` */
export function parserOfTypeScript(sources) {
  return {
    name: "parser-of-typescript",
    setup(build) {
      build.onLoad({ filter: /[\\/]typescript[\\/]lib[\\/]typescript\.js$/ }, async ({ path: file }) => {
        const text = await fs.promises.readFile(file, "utf8");
        return { contents: reduced(text, membersRead(sources)), loader: "js" };
      });
    },
  };
}

/** The names after `ts.` in a folder's files; names of types are among them. */
function membersRead(folder) {
  const files = fs.readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".ts"));
  const text = files.map((file) => fs.readFileSync(path.join(folder, file), "utf8")).join("\n");
  return new Set([...text.matchAll(/\bts\.([A-Za-z]\w*)/g)].map(([, name]) => name));
}

/**
 * @param text of `typescript.js`
 * @param members what is read of it
 * @returns the text of a module whose default export has those members
 */
export function reduced(text, members) {
  const tree = ts.createSourceFile("typescript.js", text, ts.ScriptTarget.Latest, true);
  const statements = bodyOf(tree);
  const declared = declarations(statements);
  const effects = effectsOn(statements, declared);
  const exported = [...members].filter((name) => declared.has(name));
  const kept = new Set();
  const messages = new Set();
  const reached = [...exported];
  const known = new Set([...exported, ...LEFT_OUT]);
  const keep = (statement) => {
    if (kept.has(statement)) return;
    kept.add(statement);
    for (const { name, message } of references(statement, declared)) {
      if (message !== undefined) messages.add(message);
      if (known.has(name)) continue;
      known.add(name);
      reached.push(name);
    }
  };
  for (const statement of statements) if (EFFECTS.test(statement.getText(tree))) keep(statement);
  for (const name of reached)
    for (const statement of [declared.get(name), ...(effects.get(name) ?? [])]) keep(statement);
  const texts = statements
    .filter((statement) => kept.has(statement))
    .map((statement) =>
      declared.get(MESSAGES) === statement ? onlyMessages(statement, messages) : statement.getText(tree),
    );
  const licence = /^\/\*![\s\S]*?\*\//.exec(text)?.[0] ?? "";
  return [
    licence,
    ...[...LEFT_OUT].map((name) => `var ${name};`),
    ...texts,
    `export default { ${exported.join(", ")} };`,
  ].join("\n");
}

/** The statements within the function that wraps the whole. */
function bodyOf(tree) {
  const call = tree.statements.at(-1)?.expression;
  const body = call?.expression?.expression?.body;
  if (body === undefined || !ts.isBlock(body) || body.statements.length < 1000)
    throw new Error("typescript.js is not built as it was: the parser cannot be taken out of it");
  return [...body.statements];
}

/** Each declared name with its statement. */
function declarations(statements) {
  const declared = new Map();
  for (const statement of statements) {
    if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
      declared.set(statement.name.text, statement);
    else if (ts.isVariableStatement(statement))
      for (const { name } of statement.declarationList.declarations) declareAll(name, statement);
  }
  return declared;

  function declareAll(name, statement) {
    if (ts.isIdentifier(name)) declared.set(name.text, statement);
    else for (const element of name.elements) declareAll(element.name, statement);
  }
}

/** Statements that fill what is declared elsewhere, by its name: `Name.member = …` and `((Name) => …)(Name || (Name = {}))`. */
function effectsOn(statements, declared) {
  const effects = new Map();
  for (const statement of statements) {
    if (!ts.isExpressionStatement(statement)) continue;
    const name = filled(statement.expression);
    if (name === undefined || !declared.has(name)) continue;
    effects.set(name, [...(effects.get(name) ?? []), statement]);
  }
  return effects;
}

function filled(expression) {
  if (ts.isBinaryExpression(expression) && ts.isPropertyAccessExpression(expression.left))
    return ts.isIdentifier(expression.left.expression) ? expression.left.expression.text : undefined;
  const argument = ts.isCallExpression(expression) ? expression.arguments[0] : undefined;
  if (argument === undefined || !ts.isBinaryExpression(argument) || !ts.isIdentifier(argument.left)) return undefined;
  return argument.left.text;
}

/** The declared names that a statement may refer to: local names that are equal count too. */
function references(statement, declared) {
  const isTable = declared.get(MESSAGES) === statement;
  const found = [];
  visit(statement);
  return found;

  function visit(node) {
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      if (!declared.has(node.text) || (parent.name === node && !ts.isShorthandPropertyAssignment(parent))) return;
      const isMessage = node.text === MESSAGES && ts.isPropertyAccessExpression(parent);
      found.push({ name: node.text, message: isMessage ? parent.name.text : undefined });
    } else if (!isTable || !ts.isPropertyAssignment(node)) ts.forEachChild(node, visit);
    else visit(node.initializer);
  }
}

function onlyMessages(statement, messages) {
  const [{ initializer }] = statement.declarationList.declarations;
  const properties = initializer.properties.filter(({ name }) => messages.has(name.text));
  return `var ${MESSAGES} = {\n${properties.map((property) => property.getText()).join(",\n")}\n};`;
}
