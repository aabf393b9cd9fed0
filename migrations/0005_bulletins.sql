CREATE TABLE `bulletins` (
	`id` text PRIMARY KEY NOT NULL,
	`texts` text NOT NULL,
	`scope` text NOT NULL,
	`startsAt` integer NOT NULL,
	`endsAt` integer,
	`isOn` integer NOT NULL,
	`hasSound` integer NOT NULL,
	`createdAt` integer NOT NULL,
	`createdBy` text NOT NULL,
	`changedAt` integer NOT NULL,
	`changedBy` text NOT NULL
);
