return Asm.Training.Verbs.AsmTrain.Run(args);
