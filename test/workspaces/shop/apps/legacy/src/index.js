import React from "react";
import { __assign } from "tslib";
import("catalog/ProductLists");

console.log(React, __assign);
