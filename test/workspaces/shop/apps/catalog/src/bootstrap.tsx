import { createRoot } from "react-dom/client";
import ProductList from "./ProductList";

createRoot(document.getElementById("root") ?? document.body).render(<ProductList names={["apple"]} />);
