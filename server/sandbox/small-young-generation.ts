/** Imported before anything else: keeps the sandbox's memory to what its books take. */
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--semi-space-growth-factor=1');
