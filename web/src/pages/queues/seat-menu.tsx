import Dropdown from 'antd/es/dropdown';
import type { SeatLive } from '../../../../src/floor/schema.ts';
import { useSeatActs } from './seat-acts.ts';

/** A seat a leader can act on; every act is audited by the server. */
export function SeatMenu({ seat, children }: { seat: SeatLive; children: React.ReactElement }) {
  const { acts } = useSeatActs(seat);
  if (acts.length === 0) return children;
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: acts.map(({ verb, label }) => ({ key: verb, label, danger: verb === 'release' })),
        onClick: ({ key }) => acts.find(({ verb }) => verb === key)?.run(),
      }}
    >
      {children}
    </Dropdown>
  );
}
