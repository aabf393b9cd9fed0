import Button, { type ButtonProps } from 'antd/es/button';
import { useRef } from 'react';

interface Props extends Pick<ButtonProps, 'type' | 'size' | 'title' | 'loading'> {
  label: string;
  /** Kinds of files, as an `<input accept>` has them. */
  accept: string;
  onFile: (file: File) => void;
}

/** Lets somebody pick a file; the same one may be picked again. */
export function FileButton({ label, accept, onFile, ...look }: Props) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button {...look} onClick={() => picker.current?.click()}>
        {label}
      </Button>
      <input
        ref={picker}
        type="file"
        accept={accept}
        aria-label={label}
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
    </>
  );
}
