/** Six words to read aloud, numbered so that two people keep to the same place. They are English in every language. */
export function SixWords({ words }: { readonly words: readonly string[] }) {
  return (
    <ol class="tf-six-words" lang="en">
      {words.map((word, at) => (
        <li key={at}>{word}</li>
      ))}
    </ol>
  );
}
