"""What pages cost, as multiples of a hello view under the same middleware: `./dev bench`."""
