import { createRoot } from "react-dom/client";
import Profile from "./Profile";

createRoot(document.getElementById("root") ?? document.body).render(<Profile />);
