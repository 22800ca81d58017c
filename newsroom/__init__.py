"""What things are and the rules that judge them: pure, standard library only."""
