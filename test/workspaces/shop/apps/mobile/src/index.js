import("./page");
