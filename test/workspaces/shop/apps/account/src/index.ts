import("./bootstrap");

export {};
