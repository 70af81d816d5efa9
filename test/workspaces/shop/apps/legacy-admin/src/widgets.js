import("./Clock");
