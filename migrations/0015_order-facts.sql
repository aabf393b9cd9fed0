CREATE TABLE `order_facts` (
	`orderId` text PRIMARY KEY NOT NULL,
	`openedBy` text NOT NULL,
	`matter` text NOT NULL,
	`area` text NOT NULL,
	`firstUnitId` text,
	`leadUnitId` text,
	`takenAt` integer,
	`answeredAt` integer,
	`refusedAt` integer,
	`mergedInto` text,
	`dispatchedAt` integer,
	`signDueAt` integer,
	`signedAt` integer,
	`contactDueAt` integer,
	`contactedAt` integer,
	`firstReplyDueAt` integer,
	`replyDueAt` integer,
	`replyPausedAt` integer,
	`repliedAt` integer,
	`returnsAsked` integer NOT NULL,
	`returnsApproved` integer NOT NULL,
	`returnsRefused` integer NOT NULL,
	`ruled` integer NOT NULL,
	`visitDueAt` integer,
	`visitedAt` integer,
	`reached` integer,
	`solvedByCaller` text,
	`rating` integer,
	`reworks` integer NOT NULL,
	`closedAt` integer
);
--> statement-breakpoint
CREATE INDEX `order_facts_taken` ON `order_facts` (`takenAt`);--> statement-breakpoint
CREATE INDEX `order_facts_dispatched` ON `order_facts` (`dispatchedAt`);--> statement-breakpoint
CREATE INDEX `order_facts_sign` ON `order_facts` (`signDueAt`);--> statement-breakpoint
CREATE INDEX `order_facts_reply` ON `order_facts` (`replyDueAt`);--> statement-breakpoint
CREATE INDEX `order_facts_visit` ON `order_facts` (`visitDueAt`);--> statement-breakpoint
CREATE INDEX `order_facts_closed` ON `order_facts` (`closedAt`);