import { format } from "date-fns";
import { __assign } from "tslib";

export const clock = (options) => format(Date.now(), __assign({ pattern: "HH:mm" }, options).pattern);
