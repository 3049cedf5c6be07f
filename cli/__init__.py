"""The command line of people who use a Fermata: it talks to the API with a token and needs neither database nor server."""
