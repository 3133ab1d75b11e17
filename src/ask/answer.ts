/** Whether somebody may do something. `conditional`: perhaps, or sometimes. `unknown`: something that decides was not read. */
export type Answer = "yes" | "no" | "conditional" | "unknown";
