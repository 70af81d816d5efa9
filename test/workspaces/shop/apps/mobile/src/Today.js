import { format } from "date-fns";
import { de } from "date-fns/locale/de";
import { __assign } from "tslib";

export const today = () => format(Date.now(), "EEEE", __assign({ locale: de }));
