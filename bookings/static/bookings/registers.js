// The list of registers: opening it at home or in the car park is enough for today's to open without a signal.
import { keep } from "./register/keeping.js";

for (const element of document.querySelectorAll("[data-kept]")) await keep(element);
