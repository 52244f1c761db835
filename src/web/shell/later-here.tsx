/** What `LaterHere` looks like in a page. No text of anybody's can look so: all of it is escaped. */
export const LATER_HERE = '<template></template>';

/** Where a page that is sent piece by piece goes on (`streamPage`): what came before stays there, and a style sheet shows the newest. */
export function LaterHere() {
  return <template />;
}
