/** The module that a container's exposes are asked through. */
import type { Container } from "./container.ts";
import { containerEntryIdentifier } from "./identifiers.ts";
import type { ContainerEntryModule } from "./module.ts";

/** Of a container with exposes. */
export function containerEntryModule({ id: container, name = "", filename, exposes }: Container): ContainerEntryModule {
  return {
    type: "container-entry",
    id: containerEntryIdentifier(
      name,
      exposes.map(({ key }) => key),
    ),
    container,
    name,
    filename,
    exposes: Object.fromEntries(exposes.map(({ key, requests }) => [key, requests])),
  };
}
