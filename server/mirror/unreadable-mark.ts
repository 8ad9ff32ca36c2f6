/** What stands for a character that Xero's text names but that does not exist. */
export const unreadableMark = '\ufdd0';
