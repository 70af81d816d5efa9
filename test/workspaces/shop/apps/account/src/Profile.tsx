import { Button } from "@shop/ui";
import { capitalize } from "lodash-es";
import { useState } from "react";

export default function Profile() {
  const [name, setName] = useState("ada");
  return <Button onClick={() => setName(capitalize(name))}>{name}</Button>;
}
