import Button from 'antd/es/button';
import Drawer from 'antd/es/drawer';
import type { ReactNode } from 'react';
import { common } from '../text/common.ts';
import { useWords } from '../text/language.ts';
import './save-drawer.css';

interface Props {
  title: string;
  /** Pixels. */
  size?: number;
  /** What the button says that sends; to save, unless given. */
  label?: string;
  /** What the way out says; to cancel, unless given. */
  leave?: string;
  busy?: boolean;
  disabled?: boolean;
  /** Null when there is nothing to send any more. */
  onSave: (() => void) | null;
  onClose: () => void;
  children: ReactNode;
}

/** A drawer to type into; at its foot the way out and the button that sends. */
export function SaveDrawer(props: Props) {
  const c = useWords(common);
  const { title, size = 440, label = c.save, leave = c.cancel, onSave, onClose } = props;
  return (
    <Drawer
      open
      size={size}
      title={title}
      onClose={onClose}
      footer={
        <div className="drawer-foot">
          <Button onClick={onClose}>{leave}</Button>
          {onSave && (
            <Button
              type="primary"
              loading={props.busy ?? false}
              disabled={props.disabled ?? false}
              onClick={onSave}
            >
              {label}
            </Button>
          )}
        </div>
      }
    >
      {props.children}
    </Drawer>
  );
}
