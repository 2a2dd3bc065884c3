"""The way to the printer: queues of the system, printers on the network, devices. It remembers nothing."""
