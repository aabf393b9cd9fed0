CREATE TABLE `dispatch_rules` (
	`version` integer NOT NULL,
	`matter` text NOT NULL,
	`area` text NOT NULL,
	`leadUnitId` text NOT NULL,
	`coUnitIds` text NOT NULL,
	PRIMARY KEY(`version`, `matter`, `area`)
);
--> statement-breakpoint
CREATE TABLE `order_events` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`orderId` text NOT NULL,
	`at` integer NOT NULL,
	`move` text NOT NULL,
	`step` text NOT NULL,
	`actor` text NOT NULL,
	`personId` text NOT NULL,
	`unitId` text,
	`ip` text NOT NULL,
	`body` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `order_events_order` ON `order_events` (`orderId`,`seq`);--> statement-breakpoint
CREATE TABLE `order_views` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`orderId` text NOT NULL,
	`at` integer NOT NULL,
	`personId` text NOT NULL,
	`unitId` text,
	`ip` text NOT NULL,
	`act` text NOT NULL,
	`why` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `order_views_order` ON `order_views` (`orderId`,`seq`);--> statement-breakpoint
CREATE TABLE `orders` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text,
	`queryCode` text,
	`state` text NOT NULL,
	`type` text NOT NULL,
	`urgency` text NOT NULL,
	`matter` text NOT NULL,
	`area` text NOT NULL,
	`sealed` integer NOT NULL,
	`title` text NOT NULL,
	`content` text NOT NULL,
	`place` text NOT NULL,
	`callerName` text NOT NULL,
	`callerNumber` text NOT NULL,
	`callId` text,
	`createdBy` text NOT NULL,
	`createdAt` integer NOT NULL,
	`leadUnitId` text,
	`handlingUnitId` text,
	`responsible` text,
	`supervision` integer NOT NULL,
	`dueAt` integer,
	`wakeAt` integer,
	`endedAt` integer,
	`mergedInto` text,
	`folded` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `orders_number` ON `orders` (`number`);--> statement-breakpoint
CREATE INDEX `orders_unit` ON `orders` (`handlingUnitId`,`state`,`dueAt`);--> statement-breakpoint
CREATE INDEX `orders_state` ON `orders` (`state`,`dueAt`);--> statement-breakpoint
CREATE INDEX `orders_caller` ON `orders` (`callerNumber`,`createdAt`);--> statement-breakpoint
CREATE INDEX `orders_place` ON `orders` (`matter`,`area`,`createdAt`);--> statement-breakpoint
CREATE INDEX `orders_call` ON `orders` (`callId`);--> statement-breakpoint
CREATE INDEX `orders_wake` ON `orders` (`wakeAt`);--> statement-breakpoint
CREATE INDEX `orders_created` ON `orders` (`createdAt`);--> statement-breakpoint
CREATE TABLE `unit_members` (
	`personId` text PRIMARY KEY NOT NULL,
	`unitId` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `unit_members_unit` ON `unit_members` (`unitId`);--> statement-breakpoint
CREATE TABLE `units` (
	`id` text PRIMARY KEY NOT NULL,
	`parentId` text,
	`name` text NOT NULL,
	`dutyPersonId` text,
	`enabled` integer DEFAULT true NOT NULL
);
--> statement-breakpoint
CREATE TRIGGER `order_events_no_update` BEFORE UPDATE ON `order_events`
BEGIN SELECT RAISE(ABORT, 'order events are never changed'); END;
--> statement-breakpoint
CREATE TRIGGER `order_events_no_delete` BEFORE DELETE ON `order_events`
BEGIN SELECT RAISE(ABORT, 'order events are never removed'); END;
--> statement-breakpoint
CREATE TRIGGER `order_views_no_update` BEFORE UPDATE ON `order_views`
BEGIN SELECT RAISE(ABORT, 'views are never changed'); END;
--> statement-breakpoint
CREATE TRIGGER `order_views_no_delete` BEFORE DELETE ON `order_views`
BEGIN SELECT RAISE(ABORT, 'views are never removed'); END;
